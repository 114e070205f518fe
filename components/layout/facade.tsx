'use client';

import { cx } from '@/components/ui/cx';

// For the browser, although it does nothing there: the server would write out these 150 shapes, then draw them.

/** A drawn street front, the product's one picture: windows lit here and there, one door open on the street. */
export function Facade({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 640 420"
      preserveAspectRatio="xMidYMax slice"
      aria-hidden="true"
      className={cx('stroke-current', className)}
      fill="none"
      strokeWidth="1.3"
    >
      {houses.map((house) => (
        <House key={house.x} {...house} />
      ))}
      <Tree x={316} />
      <path d="M0 419H640" strokeWidth="2" />
    </svg>
  );
}

interface HouseShape {
  x: number;
  width: number;
  floors: number;
  bays: number;
  /** Lit windows, as floor-bay from the street and the left. */
  lit: readonly string[];
  roof: 'terrace' | 'mansard' | 'gable';
  open?: boolean;
}

const houses: readonly HouseShape[] = [
  { x: 0, width: 132, floors: 4, bays: 3, lit: ['1-2', '3-0'], roof: 'mansard' },
  { x: 132, width: 168, floors: 6, bays: 4, lit: ['1-0', '2-3', '4-1', '4-2'], roof: 'terrace', open: true },
  { x: 332, width: 108, floors: 3, bays: 3, lit: ['1-1'], roof: 'gable' },
  { x: 440, width: 200, floors: 5, bays: 5, lit: ['1-3', '3-2', '3-4'], roof: 'mansard' },
];

const storey = 52;
const street = 419;

function House({ x, width, floors, bays, lit, roof, open = false }: HouseShape) {
  const top = street - floors * storey - 14;
  const bay = width / bays;
  const door = Math.floor(bays / 2);
  const cells = Array.from({ length: floors * bays }, (_, index) => ({
    level: Math.floor(index / bays),
    column: index % bays,
    key: `${Math.floor(index / bays)}-${index % bays}`,
  }));
  return (
    <g>
      <path d={`M${x} ${street}V${top}H${x + width}V${street}`} />
      <path
        d={`M${x} ${street - storey - 4}H${x + width}M${x} ${top + 7}H${x + width}`}
        strokeOpacity="0.55"
      />
      <Roof shape={roof} x={x} width={width} top={top} />
      {cells.map(({ level, column, key }) => {
        const middle = x + column * bay + bay / 2;
        const foot = street - level * storey - 14;
        if (level === 0 && column === door) return <Door key={key} middle={middle} open={open} />;
        const fill = lit.includes(key) ? 'var(--lamp)' : undefined;
        return (
          <g key={key}>
            <rect x={middle - 9} y={foot - 31} width="18" height="29" rx="1" fill={fill} />
            <path d={`M${middle} ${foot - 31}v29`} strokeOpacity="0.45" />
            {level > 0 && <path d={`M${middle - 13} ${foot - 2}h26m-26 -8h26`} strokeOpacity="0.7" />}
          </g>
        );
      })}
    </g>
  );
}

function Door({ middle, open }: { middle: number; open: boolean }) {
  return (
    <path
      d={`M${middle - 14} ${street}V${street - 30}a14 14 0 0 1 28 0V${street}`}
      fill={open ? 'var(--accent)' : undefined}
    />
  );
}

function Roof({
  shape,
  x,
  width,
  top,
}: {
  shape: HouseShape['roof'];
  x: number;
  width: number;
  top: number;
}) {
  if (shape === 'gable') return <path d={`M${x} ${top}L${x + width / 2} ${top - 40}L${x + width} ${top}`} />;
  if (shape === 'terrace') {
    const posts = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(
      (post) => `M${x + 8 + (post * (width - 16)) / 8} ${top}v-11`,
    );
    return <path d={`M${x + 8} ${top - 11}H${x + width - 8}${posts.join('')}`} strokeOpacity="0.7" />;
  }
  const dormers = [0.28, 0.72].map((share) => {
    const left = x + width * share - 8;
    return `M${left} ${top}v-18a8 6 0 0 1 16 0v18`;
  });
  return <path d={`M${x} ${top}l12 -32H${x + width - 12}l12 32${dormers.join('')}`} />;
}

function Tree({ x }: { x: number }) {
  return (
    <g>
      <path d={`M${x} ${street}V${street - 66}M${x} ${street - 44}l9 -12M${x} ${street - 52}l-8 -10`} />
      <path d={`M${x} ${street - 132}c16 8 22 30 15 50s-24 22 -30 2 -2 -44 15 -52z`} />
    </g>
  );
}
