import type { ApiResponse } from '@japa/api-client'

/** Lines of an exported list, its headings first. */
export const csvLines = (response: ApiResponse) => response.text().replace('\uFEFF', '').trim().split('\n')
