import { isObject, type Params } from '#sandbox/api/params'
import { badRequest } from '#sandbox/errors'

export function linkPreview(params: Params): { link_preview_options?: Record<string, unknown> } {
  const options = params.json('link_preview_options', "Can't parse link preview options JSON object")
  if (options === undefined) {
    return params.flag('disable_web_page_preview') ? { link_preview_options: { is_disabled: true } } : {}
  }
  if (!isObject(options)) throw badRequest('Object expected as link preview options')
  return { link_preview_options: options }
}
