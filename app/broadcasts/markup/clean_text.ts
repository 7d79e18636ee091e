/** Control characters become spaces, a tab too; the line break stays. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000B\u000C\u000E-\u001F]/g
/** Carriage returns, direction and line separators, and combining lines that Telegram takes out. */
const REMOVED = /[\r\u2028-\u202E\u0333\u033F\u030A]/g

/** The characters that Telegram keeps of a text, as its servers clean it before they count. */
export const cleanText = (text: string) => text.replace(/\r\n?/g, '\n').replace(CONTROL, ' ').replace(REMOVED, '')
