"use client";

import { useCallback, useState } from "react";

/** Widths that the cover proxy cuts. */
const WIDTHS = [160, 320, 640] as const;

interface CoverPictureProps {
  titleId: string;
  /** The width it is shown at, in CSS pixels. */
  width: number;
  eager: boolean;
}

/** The picture itself; takes itself away when it cannot be had, so that the drawn cover under it shows. */
export function CoverPicture({ titleId, width, eager }: CoverPictureProps) {
  const [failed, setFailed] = useState(false);
  // It may have failed before this code ran: then no event tells.
  const check = useCallback((image: HTMLImageElement | null) => {
    if (image?.complete && image.naturalWidth === 0 && image.currentSrc !== "") setFailed(true);
  }, []);
  if (failed) return null;
  const at = (pixels: number) => `/api/v1/titles/${encodeURIComponent(titleId)}/cover?w=${pixels}`;
  return (
    // biome-ignore lint/performance/noImgElement: our own proxy already resizes and caches
    <img
      ref={check}
      src={at(WIDTHS[0])}
      srcSet={WIDTHS.map((pixels) => `${at(pixels)} ${pixels}w`).join(", ")}
      sizes={`${width}px`}
      width={width}
      height={width * 1.5}
      alt=""
      loading={eager ? "eager" : "lazy"}
      decoding="async"
      onError={() => setFailed(true)}
      className="absolute inset-0 size-full object-cover"
    />
  );
}
