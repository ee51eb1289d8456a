"use client";

import { useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";

const SHORTCUTS = [
  { keys: "/", does: "Go to the search box" },
  { keys: "?", does: "Show this list" },
  { keys: "Esc", does: "Close what is open, leave the box" },
] as const;

/** Single keys, only while no field has the focus. */
export function Shortcuts() {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (event.key === "?") setOpen(true);
      if (event.key === "/") {
        event.preventDefault();
        goToSearch();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <Dialog open={open} onClose={() => setOpen(false)} title="Keyboard shortcuts">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5">
        {SHORTCUTS.map(({ keys, does }) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="inline-grid h-7 min-w-7 place-items-center rounded-xs border border-line-strong bg-surface-2 px-1.5 font-mono text-xs">
                {keys}
              </kbd>
            </dt>
            <dd className="text-ink-2">{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

function goToSearch(): void {
  const box = document.querySelector<HTMLInputElement>('input[type="search"][name="q"]');
  if (box) {
    box.focus();
    box.select();
  } else {
    window.location.assign("/");
  }
}
