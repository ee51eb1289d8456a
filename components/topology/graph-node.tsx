import { Database, Globe, type LucideIcon, MemoryStick, RadioTower, Server, Timer } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { KeyboardEvent } from "react";
import { classNames } from "@/components/ui/class-names";
import { STATUS_MARKS } from "@/components/ui/status-mark";
import type { GraphNode as Part } from "@/lib/health/graph";
import { fitText } from "./fit-text";
import type { PlacedNode } from "./graph-layout";

const ICONS: Partial<Record<Part["kind"], LucideIcon>> = {
  app: RadioTower,
  database: Database,
  cache: MemoryStick,
  queue: Timer,
  egress: Globe,
  host: Server,
};

const ICON = 16;
const PADDING = 12;
/** Room for most words of state, so that the marks of a column stand under each other. */
const WORD_MIN = 56;
/** Mean widths of a letter of the interface face: 14 px, 14 px medium, 12 px. */
const CHAR_PX = { plain: 7, medium: 7.7, word: 6.4 };

/** What makes a node part of the keyboard's walk through the drawing. */
export interface NodeControl {
  isStop: boolean;
  isFaded: boolean;
  onPoint: (id: string | null) => void;
  onFocus: (id: string | null) => void;
  onKeyDown: (event: KeyboardEvent<Element>) => void;
  register: (id: string, element: Element | null) => void;
}

interface GraphNodeProps {
  node: PlacedNode;
  /** The whole of it, for those who cannot see the lines. */
  text: string;
  /** Null while the drawing stands still, before any script. */
  control: NodeControl | null;
}

/** One part: what it is, how it is called, how it is. A provider leads to its page, any other part to its row in the list. */
export function GraphNode({ node, text, control }: GraphNodeProps) {
  const shared = {
    className: classNames("group outline-none transition-opacity", control?.isFaded && "opacity-40"),
    ...(control && {
      tabIndex: control.isStop ? 0 : -1,
      onFocus: () => control.onFocus(node.id),
      onBlur: () => control.onFocus(null),
      onPointerEnter: () => control.onPoint(node.id),
      onPointerLeave: () => control.onPoint(null),
      onKeyDown: control.onKeyDown,
      ref: (element: Element | null) => control.register(node.id, element),
    }),
  };
  return node.kind === "provider" ? (
    <Link href={toProviderHref(node.id)} prefetch={false} aria-label={text} {...shared}>
      <NodeFace node={node} />
    </Link>
  ) : (
    <a href={`#${toPartId(node.id)}`} aria-label={text} {...shared}>
      <NodeFace node={node} />
    </a>
  );
}

/** Of a part's row in the list. */
export function toPartId(nodeId: string): string {
  return `part-${encodeURIComponent(nodeId)}`;
}

export function toProviderHref(nodeId: string): Route {
  return `/providers/${encodeURIComponent(nodeId.replace(/^provider:/, ""))}` as Route;
}

function NodeFace({ node }: { node: PlacedNode }) {
  const { x, y, width, height } = node;
  const { icon: StateIcon, tone, word } = STATUS_MARKS[node.state];
  const KindIcon = ICONS[node.kind];
  const tall = height > 40;
  const middle = y + height / 2;
  const labelX = x + PADDING + (KindIcon ? ICON + 8 : 0);
  const wordWidth = Math.max(WORD_MIN, word.length * CHAR_PX.word);
  const labelWidth = x + width - PADDING - labelX - (tall ? 0 : wordWidth + ICON + 14);
  const labelY = tall ? y + 20 : middle + 5;
  return (
    <>
      <title>{node.label}</title>
      <rect
        x={x + 0.5}
        y={y + 0.5}
        width={width - 1}
        height={height - 1}
        rx={8}
        className="fill-surface-2 stroke-line transition-colors group-hover:stroke-line-strong group-focus-visible:stroke-2 group-focus-visible:stroke-accent"
      />
      {KindIcon ? (
        <KindIcon
          aria-hidden="true"
          x={x + PADDING}
          y={labelY - 13}
          width={ICON}
          height={ICON}
          className={node.kind === "app" ? "text-accent" : "text-ink-3"}
        />
      ) : null}
      <text
        x={labelX}
        y={labelY}
        className={classNames("fill-ink-1 text-sm", node.kind === "host" ? "" : "font-medium")}
      >
        {fitText(node.label, { widthPx: labelWidth, charPx: node.kind === "host" ? CHAR_PX.plain : CHAR_PX.medium })}
      </text>
      <StateIcon
        aria-hidden="true"
        x={tall ? labelX : x + width - PADDING - wordWidth - ICON - 6}
        y={tall ? y + 27 : middle - ICON / 2}
        width={tall ? 14 : ICON}
        height={tall ? 14 : ICON}
        className={tone}
      />
      <text
        x={tall ? labelX + 18 : x + width - PADDING - wordWidth}
        y={tall ? y + 38 : middle + 4}
        className="fill-ink-2 text-xs"
      >
        {word}
      </text>
    </>
  );
}
