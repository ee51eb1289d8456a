/** The tower at night, standing on the search box with its lantern lit over the shelves. Decoration. */
export function Lookout({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="-240 0 480 132" fill="none" className={className}>
      <defs>
        <linearGradient id="lookout-beam" x1="1" x2="0">
          <stop className="[stop-color:var(--color-attention)]" stopOpacity="0.34" />
          <stop offset="1" className="[stop-color:var(--color-attention)]" stopOpacity="0" />
        </linearGradient>
      </defs>
      <path d="M176 51-240 4v96z" fill="url(#lookout-beam)" />
      <g strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" className="stroke-accent">
        <path d="M140 37c20-2 31-12 36-27 5 15 16 25 36 27M176 10V3" />
        <path d="M132 44c6-1 8-4 8-7h72c0 3 2 6 8 7" opacity="0.55" />
        <path d="M154 38v28m44-28v28M144 66h64v8h-64zM150 66v8m13-8v8m13-8v8m13-8v8m13-8v8" />
        <path d="M154 74l-10 57m54-57 10 57M151 92h50m-54 21h58M151 92l54 39m-4-39-54 39" />
      </g>
      <circle cx="176" cy="51" r="6" className="fill-attention" />
      <path d="M176 38v7" strokeWidth="2" className="stroke-attention" />
    </svg>
  );
}
