import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Flash } from "@/lib/http/flash";
import { undoUnstarAction } from "../actions";

/** What came of the last change, with the way back where there is one. */
export function BulkNotice({ flash, next }: { flash: Flash | null; next: string }) {
  if (!flash) return null;
  const undo = flash.values["undo"];
  return (
    <Notice tone={flash.ok ? "good" : "bad"} role={flash.ok ? "status" : "alert"} className="mb-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p>{flash.text}</p>
        {undo ? (
          <form action={undoUnstarAction}>
            <input type="hidden" name="undo" value={undo} />
            <input type="hidden" name="next" value={next} />
            <Button type="submit" size="sm">
              Undo
            </Button>
          </form>
        ) : null}
      </div>
    </Notice>
  );
}
