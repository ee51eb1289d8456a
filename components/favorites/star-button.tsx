"use client";

import { Star } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, startTransition, useOptimistic, useRef, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useToast } from "@/components/ui/toast";
import { saveStar } from "./save-star";

interface StarButtonProps {
  titleId: string;
  /** The title as shown, for the label. */
  title: string;
  isFavorite: boolean;
  /** The path of this page with its query, where a visitor without JavaScript comes back to. */
  next: string;
  /** Whether the page is read again after a change; off where the list should stand still. */
  refresh?: boolean;
}

/** Sets or takes back the star: at once on the screen, put back when it could not be saved, with Undo. Without JavaScript a plain form. */
export function StarButton({ titleId, title, isFavorite, next, refresh = true }: StarButtonProps) {
  const [saved, setSaved] = useSaved(isFavorite);
  const [shown, showNow] = useOptimistic(saved);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const router = useRouter();
  const toast = useToast();

  function set(desired: boolean) {
    startTransition(async () => {
      showNow(desired);
      // One after the other, so that the last click wins.
      queue.current = queue.current.then(() => save(desired));
      await queue.current;
    });
  }

  async function save(desired: boolean) {
    const outcome = await saveStar(titleId, desired);
    if (outcome === "signed_out") return void window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`);
    if (outcome === "failed") {
      toast.show({
        title: desired ? `${title} could not be added` : `${title} could not be removed`,
        description: "Nothing was changed. Check the connection and try again.",
        action: { label: "Try again", onAct: () => set(desired) },
      });
      return;
    }
    startTransition(() => setSaved(desired));
    toast.show({
      title: desired ? `Added ${title} to favorites` : `Removed ${title} from favorites`,
      ...(!desired && { description: "Its rating and notes are kept." }),
      action: { label: "Undo", onAct: () => set(!desired) },
    });
    if (refresh) router.refresh();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    set(!shown);
  }

  return (
    <form action="/favorites/star" method="post" onSubmit={submit} className="contents">
      <input type="hidden" name="titleId" value={titleId} />
      <input type="hidden" name="favorite" value={shown ? "false" : "true"} />
      <input type="hidden" name="next" value={next} />
      <IconButton
        type="submit"
        label={shown ? `Remove ${title} from favorites` : `Add ${title} to favorites`}
        aria-pressed={shown}
        className="text-attention hover:text-attention"
      >
        <Star aria-hidden="true" fill={shown ? "currentColor" : "none"} />
      </IconButton>
    </form>
  );
}

/** What the server last confirmed: the page's word until a change here, and the page's word again when that changes. */
function useSaved(isFavorite: boolean) {
  const [state, setState] = useState({ saved: isFavorite, said: isFavorite });
  if (state.said !== isFavorite) setState({ saved: isFavorite, said: isFavorite });
  const setSaved = (saved: boolean) => setState((before) => ({ ...before, saved }));
  return [state.saved, setSaved] as const;
}
