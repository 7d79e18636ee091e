/** As a reader sees it: Intl groups digits by no-break spaces, which can't be told from others in a test. */
export const seen = (text: string) => text.replace(/[\u00A0\u202F]/g, ' ')
