/** URL of the application's root: the checkout, or the build folder in production. */
export const APP_ROOT = new URL('../', import.meta.url)

/** Imports relative paths against the application's root, packages as they are. */
export const IMPORTER = (filePath: string) =>
  filePath.startsWith('./') || filePath.startsWith('../') ? import(new URL(filePath, APP_ROOT).href) : import(filePath)
