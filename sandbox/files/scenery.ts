import type { FacadeStyle } from '../core/sheets';

export const WIDTH = 1200;
export const HEIGHT = 675;
/** Where the building stands. */
export const GROUND = 566;

const n = (value: number): string => value.toFixed(1);

export function rect(x: number, y: number, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="${fill}" ${more}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

/** Sky, a low sun, clouds, and what lies far behind: roofs of a town, or the sea. */
export function sky(style: FacadeStyle, random: () => number): string {
  const parts = [
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${style.sky[0]}"/><stop offset="1" stop-color="${style.sky[1]}"/></linearGradient>`,
    `<linearGradient id="glass" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#dbe8ee"/><stop offset=".45" stop-color="${style.glass}"/><stop offset="1" stop-color="#6f8c9b"/></linearGradient>`,
    '<linearGradient id="side" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#fff" stop-opacity=".14"/><stop offset=".55" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#1b2430" stop-opacity=".16"/></linearGradient>',
    '<linearGradient id="water" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#9fc0c9"/><stop offset="1" stop-color="#5d8794"/></linearGradient></defs>',
    rect(0, 0, WIDTH, HEIGHT, 'url(#sky)'),
    `<circle cx="${n(140 + random() * 180)}" cy="${n(110 + random() * 60)}" r="46" fill="#fff8e6" opacity=".75"/>`,
  ];
  for (let cloud = 0; cloud < 4; cloud++) {
    const x = random() * WIDTH;
    const y = 50 + random() * 170;
    const size = 30 + random() * 40;
    parts.push(
      `<g fill="#fff" opacity="${n(0.35 + random() * 0.3)}"><ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(size * 2.4)}" ry="${n(size * 0.34)}"/><ellipse cx="${n(x + size * 0.6)}" cy="${n(y - size * 0.26)}" rx="${n(size * 1.2)}" ry="${n(size * 0.32)}"/></g>`,
    );
  }
  parts.push(style.ground === 'sea' ? sea() : town(style, random));
  return parts.join('');
}

function sea(): string {
  return `${rect(0, GROUND - 120, WIDTH, 130, 'url(#water)', 'opacity=".85"')}${path(`M0 ${GROUND - 118} L0 ${GROUND - 152} Q90 ${GROUND - 176} 190 ${GROUND - 142} T330 ${GROUND - 119} Z`, '#8fa7a3', 'opacity=".75"')}${[0, 1, 2, 3, 4, 5].map((wave) => rect(60 + wave * 205, GROUND - 92 + (wave % 3) * 22, 90, 2, '#fff', 'opacity=".35" rx="1"')).join('')}${path('M1010 466 l22 -46 l0 46 z M1036 466 l0 -58 l26 58 z M1000 470 h70 l-12 12 h-48 z', '#ffffff', 'opacity=".9"')}`;
}

function town(style: FacadeStyle, random: () => number): string {
  const parts: string[] = [];
  for (let x = -20; x < WIDTH; ) {
    const width = 50 + random() * 70;
    const height = 70 + random() * 110;
    const top = GROUND - height;
    parts.push(rect(x, top, width, height + 20, style.wallAlt, 'opacity=".34"'));
    if (random() < 0.6)
      parts.push(
        path(
          `M${n(x - 4)} ${n(top)} l${n(width / 2 + 4)} -24 l${n(width / 2 + 4)} 24 z`,
          style.base,
          'opacity=".38"',
        ),
      );
    x += width + 2;
  }
  return parts.join('');
}

/** What lies at the building's foot: water, lawn, street or a seaside walk. */
export function foreground(style: FacadeStyle, random: () => number): string {
  const parts: string[] = [];
  const front = GROUND + 34;
  if (style.ground === 'water') {
    parts.push(rect(0, GROUND, WIDTH, 34, '#cfc6b6'), rect(0, GROUND + 30, WIDTH, 10, '#8b8375'));
    parts.push(rect(0, front + 6, WIDTH, HEIGHT - front, 'url(#water)'));
    for (let wave = 0; wave < 26; wave++)
      parts.push(
        rect(
          random() * WIDTH,
          front + 14 + random() * 60,
          30 + random() * 90,
          2,
          '#fff',
          'opacity=".28" rx="1"',
        ),
      );
    parts.push(
      path(`M180 ${front + 30} h150 q-8 22 -26 22 h-98 q-20 0 -26 -22 z`, '#6f3b2c', 'opacity=".9"'),
    );
    parts.push(
      rect(208, front + 14, 78, 17, '#f3ead9', 'rx="3"'),
      rect(216, front + 18, 16, 8, '#7d98a5'),
      rect(240, front + 18, 16, 8, '#7d98a5'),
    );
  } else {
    const lawn = style.ground === 'garden';
    parts.push(rect(0, GROUND, WIDTH, HEIGHT - GROUND, lawn ? '#a9bd8c' : '#d8d3c8'));
    if (lawn) {
      parts.push(
        path(
          `M520 ${HEIGHT} Q560 ${GROUND + 40} 590 ${GROUND} h40 Q640 ${GROUND + 40} 720 ${HEIGHT} z`,
          '#e4dccb',
        ),
      );
      for (let tuft = 0; tuft < 40; tuft++)
        parts.push(
          `<ellipse cx="${n(random() * WIDTH)}" cy="${n(GROUND + 14 + random() * 90)}" rx="${n(8 + random() * 20)}" ry="3" fill="#8ea774" opacity=".55"/>`,
        );
    } else {
      parts.push(
        rect(0, GROUND + 26, WIDTH, 5, '#b5afa3'),
        rect(0, GROUND + 31, WIDTH, HEIGHT, style.ground === 'sea' ? '#e6d9b9' : '#8f9296'),
      );
      if (style.ground === 'street')
        for (let dash = 0; dash < 12; dash++)
          parts.push(rect(20 + dash * 104, GROUND + 70, 52, 4, '#e9e6df', 'opacity=".8"'));
    }
  }
  return parts.join('');
}

/** Trees before the building: umbrella pines by the sea, round crowns elsewhere, none before the entrance. */
export function trees(style: FacadeStyle, random: () => number): string {
  const places = [70, 190, 330, 880, 1010, 1130];
  const base = GROUND + (style.ground === 'water' ? 26 : 30);
  return places
    .map((place) => {
      const x = place + (random() - 0.5) * 50;
      const height = 70 + random() * 60;
      return style.ground === 'sea' ? pine(x, base, height * 1.25) : crown(x, base, height, style, random);
    })
    .join('');
}

function pine(x: number, base: number, height: number): string {
  const top = base - height;
  return `${path(`M${n(x - 3)} ${n(base)} Q${n(x + 5)} ${n(base - height * 0.5)} ${n(x)} ${n(top + 10)} h5 Q${n(x + 10)} ${n(base - height * 0.5)} ${n(x + 4)} ${n(base)} z`, '#7b6048')}<g fill="#587556"><ellipse cx="${n(x)}" cy="${n(top + 4)}" rx="46" ry="17"/><ellipse cx="${n(x - 18)}" cy="${n(top + 14)}" rx="30" ry="11"/></g><ellipse cx="${n(x - 8)}" cy="${n(top - 2)}" rx="30" ry="9" fill="#7d9a6b"/>`;
}

function crown(x: number, base: number, height: number, style: FacadeStyle, random: () => number): string {
  const middle = base - height;
  const size = height * 0.36;
  return `${rect(x - 3, middle, 6, height, '#7b6048', 'rx="2"')}<ellipse cx="${n(x)}" cy="${n(base)}" rx="${n(size * 1.1)}" ry="5" fill="#1b2430" opacity=".14"/><g fill="${style.green}"><circle cx="${n(x)}" cy="${n(middle)}" r="${n(size)}"/><circle cx="${n(x - size * 0.7)}" cy="${n(middle + size * 0.35)}" r="${n(size * 0.7)}"/><circle cx="${n(x + size * 0.7)}" cy="${n(middle + size * 0.3)}" r="${n(size * 0.72)}"/></g><circle cx="${n(x - size * 0.3)}" cy="${n(middle - size * (0.25 + random() * 0.15))}" r="${n(size * 0.62)}" fill="#a3b98c" opacity=".75"/>`;
}
