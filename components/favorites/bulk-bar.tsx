"use client";

import { ChevronDown, ListChecks } from "lucide-react";
import { type MouseEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-class";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { READING_STATUSES } from "@/lib/favorites/reading-status";
import { formatCount, formatNoun } from "@/lib/format";
import { RATINGS, READING_WORDS } from "./favorite-words";
import { BULK_DETAILS, BULK_FORM } from "./tick-box";

interface BulkBarProps {
  /** Whether the list shows favorites, or those unstarred. */
  starred: boolean;
  /** How many match the filter, over all pages. */
  total: number;
  /** The query string of the page. */
  filter: string;
  next: string;
  change: (form: FormData) => Promise<void>;
}

/** One form over all tick boxes of the page. Without JavaScript everything works but the count and "all of this page". */
export function BulkBar({ starred, total, filter, next, change }: BulkBarProps) {
  const form = useRef<HTMLFormElement>(null);
  const [ticks, setTicks] = useState<{ ticked: number; shown: number } | null>(null);

  useEffect(() => {
    const count = () => {
      const boxes = tickBoxes(form.current);
      setTicks({ ticked: boxes.filter((box) => box.checked).length, shown: boxes.length });
    };
    const onChange = ({ target }: Event) => {
      if (target instanceof HTMLInputElement && target.name === "titles") count();
    };
    // The browser may have kept ticks from before.
    count();
    document.addEventListener("change", onChange);
    return () => document.removeEventListener("change", onChange);
  }, []);

  function tickAll(checked: boolean) {
    for (const box of tickBoxes(form.current)) box.checked = checked;
    setTicks((before) => before && { ...before, ticked: checked ? before.shown : 0 });
  }

  return (
    <details id={BULK_DETAILS} className="group mb-4">
      <summary className={`${buttonClass({ variant: "quiet", size: "sm" })} -ml-3 w-fit`}>
        <ListChecks aria-hidden="true" className="size-4" />
        Select several
        <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
      </summary>
      <form
        id={BULK_FORM}
        ref={form}
        action={change}
        aria-label="Change several"
        className="mt-2 flex flex-col gap-3 rounded-lg border border-line bg-surface-2 p-4"
      >
        <input type="hidden" name="filter" value={filter} />
        <input type="hidden" name="next" value={next} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {ticks ? (
            <Checkbox
              checked={ticks.shown > 0 && ticks.ticked === ticks.shown}
              onChange={(event) => tickAll(event.target.checked)}
              label="All of this page"
              className="py-1.5"
            />
          ) : null}
          <p role="status" className="min-w-18 text-ink-2">
            {ticks ? `${formatCount(ticks.ticked)} selected` : "Tick the titles you mean."}
          </p>
          <Select name="scope" aria-label="Which ones" defaultValue="ticked" className="w-auto!">
            <option value="ticked">Those selected</option>
            <option value="matching">All {formatNoun(total, "match", "matches")} on all pages</option>
          </Select>
          <Act act={starred ? "unstar" : "star"}>{starred ? "Unstar selected" : "Star selected"}</Act>
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-3 border-line border-t pt-3">
          <span className="flex flex-wrap items-center gap-2">
            <Input name="tags" aria-label="Tags, separated by commas" placeholder="dark, long" className="w-40!" />
            <Act act="tag">Add tags</Act>
            <Act act="untag">Remove tags</Act>
          </span>
          <span className="flex items-center gap-2">
            <Select name="rating" aria-label="Rating for those selected" defaultValue="" className="w-auto!">
              <option value="">Not rated</option>
              {RATINGS.map((stars) => (
                <option key={stars} value={stars}>
                  {stars.toFixed(1)}
                </option>
              ))}
            </Select>
            <Act act="rate">Rate</Act>
          </span>
          <span className="flex items-center gap-2">
            <Select name="reading_status" aria-label="Status for those selected" defaultValue="" className="w-auto!">
              <option value="">None</option>
              {READING_STATUSES.map((status) => (
                <option key={status} value={status}>
                  {READING_WORDS[status]}
                </option>
              ))}
            </Select>
            <Act act="status">Set status</Act>
          </span>
          {starred ? null : (
            <span className="flex flex-wrap items-center gap-2">
              <Checkbox name="confirm" label="Ratings and notes go too" />
              <Act act="delete" danger>
                Delete for good
              </Act>
            </span>
          )}
        </div>
      </form>
    </details>
  );
}

function Act({ act, danger = false, children }: { act: string; danger?: boolean; children: string }) {
  return (
    <Button type="submit" name="act" value={act} variant={danger ? "danger" : "secondary"} onClick={warnOfNothing}>
      {children}
    </Button>
  );
}

/** Says on the spot that nothing is ticked, rather than after a journey to the server. */
function warnOfNothing(event: MouseEvent<HTMLButtonElement>) {
  const { form } = event.currentTarget;
  if (!form || new FormData(form).get("scope") === "matching") return;
  const [first] = tickBoxes(form);
  if (!first || tickBoxes(form).some((box) => box.checked)) return;
  event.preventDefault();
  first.setCustomValidity("Tick at least one title first.");
  first.reportValidity();
  first.setCustomValidity("");
}

function tickBoxes(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.elements ?? [])].filter(
    (element): element is HTMLInputElement => element instanceof HTMLInputElement && element.name === "titles",
  );
}
