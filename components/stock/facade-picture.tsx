import { cx } from '@/components/ui/cx';

/** A programme's picture; behind it, and alone when there is none or it does not come, the outline of a street. */
export function FacadePicture({ src, className }: { src: string | null; className?: string }) {
  return (
    <div className={cx('relative overflow-hidden bg-sunk', className)}>
      <svg
        viewBox="0 0 160 64"
        preserveAspectRatio="xMidYMax slice"
        aria-hidden="true"
        className="absolute inset-0 size-full text-line-2"
      >
        <path
          d="M8 64V30h30v34M38 64V16h36v48M74 64V36h26v28M100 64V22h44v42M14 38h6m6 0h6M14 48h6m6 0h6M46 24h6m8 0h6M46 34h6m8 0h6M46 44h6m8 0h6M108 30h6m8 0h6m6 0h4M108 40h6m8 0h6m6 0h4M108 50h6m8 0h6m6 0h4M82 44h4m6 0h4M52 64v-8a4 4 0 0 1 8 0v8"
          fill="none"
          stroke="currentColor"
          strokeWidth="1"
        />
      </svg>
      {src !== null && (
        <picture>
          <img
            src={src}
            alt=""
            loading="lazy"
            decoding="async"
            className="absolute inset-0 size-full object-cover"
          />
        </picture>
      )}
    </div>
  );
}
