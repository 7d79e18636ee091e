import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { permission } from '#admin/abilities/permissions'
import { readSource } from '#broadcasts/markup/read_source'
import { lineAndColumn } from '#broadcasts/markup/position'
import { SOURCE_FORMATS } from '#broadcasts/values'
import { problemText } from '#admin/broadcasts/page/field_problems'

const validator = vine.create({
  source: vine.string().maxLength(100_000).nullable(),
  format: vine.enum(SOURCE_FORMATS),
})

/** Reads a source for the editor, which knows no Markdown. */
export default class MarkupController {
  async store({ bouncer, request, response }: HttpContext) {
    await bouncer.authorize(permission, 'broadcasts.edit')
    const { format, ...posted } = await request.validateUsing(validator)
    const source = posted.source ?? ''
    const reading = readSource(source, format)
    if (reading.ok) return { html: reading.markup.html, length: reading.markup.length }
    const { code, params, position } = reading.error
    const message = problemText({ code, params: { ...params, ...lineAndColumn(source, position) } })
    return response.unprocessableEntity({ errors: [{ field: 'source', message, position }] })
  }
}
