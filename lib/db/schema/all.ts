// Every table in one object, for Drizzle's client and its migrations.
export * from './acts';
export * from './live';
export * from './people';
export * from './promoters';
export * from './reservations';
export * from './stock';
export * from './tenancy';
export * from './webhooks';
