import type { ApiResponse } from '@japa/api-client'

/** What the next page says at this field of a refused form. */
export function problemAt(response: ApiResponse, field: string): string {
  const problems = (response.flashMessage('inputErrorsBag') ?? {}) as Record<string, string[]>
  return problems[field]?.[0] ?? `nothing at ${field}: ${JSON.stringify(problems)}`
}
