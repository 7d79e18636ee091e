import { openapi } from '#api/integration/openapi/document'

/** What the API offers, for programs that read it: no secret, so for everybody. */
export default class OpenapiController {
  show() {
    return openapi
  }
}
