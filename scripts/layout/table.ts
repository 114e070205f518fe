// The layout's law: docs/architecture.md in a form that a script can check. No file is excused by name.

/** The folders of lib/ from bottom to top: each imports only what is below it. A new folder gets its place here first. */
export const order = [
  'core',
  'i18n',
  'db',
  'koban',
  'audit',
  'jobs/enqueue',
  'operations',
  'auth',
  'mail',
  'accounts',
  'promoters',
  'partners',
  'stock',
  'prospects',
  'denonciations',
  'options',
  'pricing',
  'dossiers',
  'reservations',
  'leads',
  'notifications',
  'dashboard',
  'webhooks',
  'live',
  'admin',
  'jobs',
  'boot',
];

/** Named freely inside; every other folder of lib/ is a domain, and keeps to the vocabulary. */
export const infrastructure = [
  'core',
  'i18n',
  'db',
  'koban',
  'audit',
  'operations',
  'auth',
  'mail',
  'webhooks',
  'live',
  'admin',
  'jobs',
  'boot',
];

export type Row = {
  /** The files it speaks of. The first row that matches a file holds for it. */
  files: string;
  /** What they may import of the project. `<own>` is the file's own folder, `<below>` any folder under it in the order. */
  may: string[];
  /** What they may not, although a pattern of `may` covers it. */
  never?: string[];
  /** Packages they may not import. */
  noPackage?: RegExp;
  /** How many more modules of lib/ they may import, one door each; never the database, Koban or a query. */
  doors?: number;
};

const next = /^next(\/|$)/;
/** What runs in the browser: no package of Next's, of Node's or of the server's. */
const server = /^(next|node:|pg|drizzle-orm|@electric-sql|pino)/;
const words = ['lib/core/**', 'lib/i18n/**', 'messages/**'];

export const table: Row[] = [
  // Apart from the portal: these import nothing of it, and speak HTTP to it.
  { files: 'sandbox/**', may: ['sandbox/**'] },
  { files: 'e2e/**', may: ['e2e/**', 'scripts/*'] },
  { files: '{scripts,bench}/**', may: ['**'] },
  // A test may reach anything of the portal, and the sandbox.
  {
    files: '{app,components,lib}/**/{*.test,testing,*.testing}',
    may: ['{app,components,lib,messages,sandbox,scripts}/**'],
  },

  // Routes: a gate, a loader, a component.
  {
    files: 'app/api/**',
    may: ['app/**', 'lib/*/{loaders,actions,schema}', 'lib/auth/session', ...words],
    doors: 1,
  },
  {
    files: 'app/**',
    may: ['app/**', 'components/**', 'lib/*/{loaders,actions,schema}', 'lib/auth/session', ...words],
  },

  {
    files: 'components/{ui,layout}/**',
    may: ['components/{ui,layout}/**', ...words],
    never: ['lib/core/env'],
  },
  {
    files: 'components/*/**',
    may: [
      '<own>/**',
      'components/{ui,layout}/**',
      'components/<below>/**',
      'lib/*/{schema,rules,actions}',
      ...words,
    ],
    never: ['lib/core/env'],
  },

  // Infrastructure, bottom to top.
  { files: 'lib/core/**', may: ['<own>/**'], noPackage: next },
  { files: 'lib/i18n/**', may: ['<own>/**', ...words] },
  { files: 'lib/db/**', may: ['<own>/**', 'lib/core/**'], noPackage: next },
  { files: 'lib/koban/**', may: ['<own>/**', 'lib/core/**'], noPackage: next },
  {
    files: 'lib/audit/**',
    may: ['<own>/**', 'lib/db/**', 'lib/core/**', 'lib/koban/outcome'],
    noPackage: next,
  },
  { files: 'lib/jobs/enqueue', may: ['lib/db/**', 'lib/core/**'], noPackage: next },
  {
    files: 'lib/operations/**',
    may: ['<own>/**', 'lib/db/**', 'lib/core/**', 'lib/koban/outcome', 'lib/jobs/enqueue'],
    noPackage: next,
  },
  { files: 'lib/auth/**', may: ['<own>/**', 'lib/<below>/**', 'messages/**'] },
  { files: 'lib/mail/**', may: ['<own>/**', 'lib/<below>/**', 'messages/**'], noPackage: next },
  // The promoter's side spans all domains: what it shows of them, and judging an act of any kind.
  { files: 'lib/{webhooks,live,admin,jobs,boot}/**', may: ['lib/**', 'messages/**'], noPackage: next },

  // Domains.
  {
    files: 'lib/*/{schema,rules}',
    may: ['<own>/{schema,rules}', 'lib/core/**', 'lib/<below>/{schema,rules}'],
    never: ['lib/core/env'],
    noPackage: server,
  },
  {
    files: 'lib/*/{loaders,actions}',
    may: ['<own>/*', 'lib/auth/**', 'lib/<below>/{schema,rules}', ...words],
  },
  {
    files: 'lib/*/*',
    may: [
      '<own>/*',
      'lib/{db,koban,operations,audit,auth,mail}/**',
      'lib/jobs/enqueue',
      'lib/<below>/{queries,rules,schema}',
      ...words,
    ],
    // They are told who acts: the session is the actions' and loaders' to read.
    never: ['<own>/{loaders,actions}', 'lib/auth/{session,action}', 'lib/mail/loaders'],
    noPackage: next,
  },
];

/** Where settings come from: for the portal one file, which validates them. */
export const readsEnvironment = [
  'lib/core/env',
  '{scripts,e2e,bench}/**',
  'sandbox/{settings,main}',
  '*.config',
];

/** The files of a domain folder, besides one `verb-noun` a write. */
export const domainFiles = ['schema', 'rules', 'queries', 'loaders', 'actions', 'testing'];

/** What the first word of a `verb-noun` file may be. */
export const verbs = new Set(
  `accept add answer apply approve archive assign attach begin cancel change check choose claim clean close collect compose compute
   confirm create decide declare deliver describe disable draft edit enable end enrich erase expire export fetch file fill find finish
   follow forget format forward grant hide hold identify import invite issue judge keep link list load lock map mark match merge
   move name note notify open parse pass place plan pose post prepare present print prolong propose provision publish pull purge
   push queue read rebuild receive reconcile record refresh refuse register reject release remind remove rename render renew
   reopen repair replace report request resend reserve reset resolve restore resume retire retry reveal review revoke save schedule
   search seed send serve set settle share show sign start stop store submit suspend sweep sync take test touch track transfer
   turn unlink unlock update upload validate verify warn watch withdraw write`.split(/\s+/),
);

/** Names that say nothing of what is inside. */
export const emptyNames = /(^|[/-])(utils?|helpers?|common|misc|shared|index)(\.|\/|$)/;

/** Past this many lines a file is asked why. */
export const longFile = 300;
