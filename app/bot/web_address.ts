/** Where the public pages are in the web; null while we have no address there. */
export class WebAddress {
  constructor(readonly base: string | null) {}
}
