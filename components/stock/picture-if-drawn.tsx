'use client';

import { useState } from 'react';

/** A picture that takes its place away when the browser cannot draw what it is given. */
export function PictureIfDrawn({ src, alt, className }: { src: string; alt: string; className?: string }) {
  const [failed, setFailed] = useState(false);
  // It may have failed before this code came.
  const look = (image: HTMLImageElement | null) => {
    if (image?.complete && image.naturalWidth === 0) setFailed(true);
  };
  if (failed) return null;
  return (
    <picture>
      <img ref={look} src={src} alt={alt} onError={() => setFailed(true)} className={className} />
    </picture>
  );
}
