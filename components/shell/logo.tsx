/** The watchtower: swept roof, lit lantern, braced legs. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-bold font-display text-lg tracking-tight">
      <svg
        aria-hidden="true"
        viewBox="0 0 32 32"
        fill="none"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="size-7 stroke-accent"
      >
        <path d="M5.5 12.5C10 11.9 13.7 9.6 16 5.5c2.3 4.1 6 6.4 10.5 7" />
        <path d="M9.5 13v5.5h13V13M7 18.5h18M11 18.5 9 27m12-8.5L23 27M10 23h12" />
        <circle cx="16" cy="14.8" r="2.1" className="fill-attention stroke-none" />
      </svg>
      Yagura
    </span>
  );
}
