/** A drawn street front: the product's one picture. Windows lit here and there, an arch open at street level. */
export function Facade({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 640 420" preserveAspectRatio="xMidYMax slice" aria-hidden="true" className={className}>
      {houses.map((house) => (
        <House key={house.x} {...house} />
      ))}
      <path d="M0 419.5H640" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

interface HouseShape {
  x: number;
  width: number;
  floors: number;
  bays: number;
  lit: readonly string[];
  roof: 'flat' | 'mansard' | 'gable';
}

const houses: readonly HouseShape[] = [
  { x: 0, width: 132, floors: 4, bays: 3, lit: ['1-2', '3-0'], roof: 'mansard' },
  { x: 132, width: 176, floors: 6, bays: 4, lit: ['0-1', '2-3', '4-0', '4-1'], roof: 'flat' },
  { x: 308, width: 120, floors: 3, bays: 3, lit: ['1-1'], roof: 'gable' },
  { x: 428, width: 212, floors: 5, bays: 5, lit: ['0-0', '1-3', '3-2', '3-4'], roof: 'mansard' },
];

const floor = 54;
const street = 420;

function House({ x, width, floors, bays, lit, roof }: HouseShape) {
  const top = street - floors * floor - 12;
  const bay = width / bays;
  const arch = Math.floor(bays / 2);
  const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 };
  return (
    <g>
      <path d={`M${x} ${street}V${top}H${x + width}V${street}`} {...stroke} />
      {roof === 'mansard' && <path d={`M${x} ${top}l14 -34H${x + width - 14}l14 34`} {...stroke} />}
      {roof === 'gable' && <path d={`M${x} ${top}L${x + width / 2} ${top - 44}L${x + width} ${top}`} {...stroke} />}
      {roof === 'flat' && <path d={`M${x + 8} ${top}v-8H${x + width - 8}v8`} {...stroke} />}
      {Array.from({ length: floors * bays }, (_, index) => {
        const level = Math.floor(index / bays);
        const column = index % bays;
        const left = x + column * bay + bay / 2 - 10;
        const base = street - level * floor - 12;
        if (level === 0 && column === arch) {
          return (
            <path
              key={index}
              d={`M${left - 5} ${street}V${base - 20}a15 15 0 0 1 30 0V${street}`}
              fill="var(--accent)"
              stroke="currentColor"
              strokeWidth="1.5"
            />
          );
        }
        return (
          <rect
            key={index}
            x={left}
            y={base - 32}
            width="20"
            height="30"
            rx="1.5"
            fill={lit.includes(`${level}-${column}`) ? 'var(--option)' : 'none'}
            fillOpacity={0.55}
            stroke="currentColor"
            strokeWidth="1.2"
          />
        );
      })}
    </g>
  );
}
