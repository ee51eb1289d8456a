"use client";

import { useState } from "react";

/** A figure that changes while one looks: what changed of it fades in, what did not stands still. */
export function Digits({ children: text }: { children: string }) {
  const [shown, setShown] = useState({ text, before: text });
  if (shown.text !== text) setShown({ text, before: shown.text });
  const { before } = shown;
  if (before === text) return text;
  const same = sharedStart(before, text);
  return (
    <>
      {text.slice(0, same)}
      <span key={text} className="animate-digits">
        {text.slice(same)}
      </span>
    </>
  );
}

/** How many characters both begin with; none when they are not as long, since each digit stands elsewhere then. */
function sharedStart(before: string, text: string): number {
  if (before.length !== text.length) return 0;
  let count = 0;
  while (count < text.length && before[count] === text[count]) count++;
  return count;
}
