import { classNames } from "@/components/ui/class-names";

const CLOTHS = ["bg-cloth-1", "bg-cloth-2", "bg-cloth-3", "bg-cloth-4", "bg-cloth-5", "bg-cloth-6"] as const;

interface DrawnCoverProps {
  title: string;
  lang: string | undefined;
  /** A word at the foot: the language of a subtitle, for instance. */
  mark?: string | null;
  className?: string;
}

/** A bound book with its title on the cloth: stands where there is no picture, and until a picture has come. */
export function DrawnCover({ title, lang, mark = null, className }: DrawnCoverProps) {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        "absolute inset-0 flex flex-col justify-between overflow-hidden p-[9%] pl-[14%] text-cloth-ink",
        CLOTHS[toClothIndex(title)],
        className,
      )}
    >
      <span className="absolute inset-0 bg-linear-to-br from-transparent to-veil" />
      <span className="absolute inset-y-0 left-[6%] w-px bg-veil" />
      <span className="relative h-px w-[24%] bg-cloth-ink/60" />
      <span
        lang={lang}
        className="relative line-clamp-5 break-words font-display font-semibold text-[length:clamp(0.75rem,10cqw,1.75rem)] leading-[1.2]"
      >
        {title}
      </span>
      {mark ? (
        <span className="relative self-start rounded-xs border border-cloth-ink/50 px-1 font-semibold text-xs uppercase">
          {mark}
        </span>
      ) : null}
    </span>
  );
}

/** The same title has the same cloth wherever it is drawn. */
function toClothIndex(title: string): number {
  let sum = 7;
  for (const character of title) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % CLOTHS.length;
}
