/** Addresses and networks as people write them, one a line or separated by commas. */
export const parseNetworks = (text: string) => text.split(/[\s,]+/).filter(Boolean)
