import type { HttpContext } from '@adonisjs/core/http'
import { csvOf } from '#admin/shared/list_csv'
import type { List } from '#admin/shared/list'
import { ListPage } from '#admin/shared/list_page'

/** Answers a list page, or with `?format=csv` everything it is filtered to. The template finds the page in `list`. */
export async function renderList<Row>(
  { request, response, view }: HttpContext,
  list: List<Row>,
  template: string,
  now: number,
  data: Record<string, unknown> = {}
) {
  const qs = request.qs()
  if (qs.format === 'csv' && list.definition.csv) {
    response.header('content-type', 'text/csv; charset=utf-8')
    response.header('content-disposition', `attachment; filename="${list.definition.name}.csv"`)
    return response.stream(csvOf(list, list.state(qs), now))
  }
  return view.render(template, { ...data, list: await ListPage.read(list, request.url(), qs, now) })
}
