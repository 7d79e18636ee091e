/** What can be wrong with a written text. Shells word these; `MarkupError.params` fills them. */
export const MARKUP_ERRORS = [
  /** `tag` */
  'unknown_tag',
  /** `tag` */
  'unclosed_tag',
  /** `tag` */
  'unexpected_end_tag',
  /** `expected`, `found` */
  'wrong_nesting',
  'unfinished_tag',
  'bare_less_than',
  'comment',
  /** `entity` */
  'bad_entity',
  'bad_character',
  'nested_quote',
  'nested_link',
  /** `tag`: formatting inside code. */
  'tag_in_code',
  'link_without_address',
  /** `url` */
  'link_scheme',
  /** `url`: a placeholder stands where the host should be. */
  'link_host',
  /** `length`, `limit`: for the customer with the longest values. */
  'link_too_long',
  'bad_emoji',
  'span_class',
  /** `mark`: Markdown that is never closed. */
  'unclosed_mark',
  /** `name`, `known` */
  'unknown_placeholder',
  'bad_fallback',
] as const
export type MarkupErrorCode = (typeof MARKUP_ERRORS)[number]

/** A text that Telegram would refuse, or show as nobody meant it. */
export class MarkupError extends Error {
  constructor(
    readonly code: MarkupErrorCode,
    /** Offset in the source, in UTF-16 units. */
    readonly position: number,
    readonly params: Record<string, string | number> = {}
  ) {
    super(`${code} at ${position}`)
  }
}
