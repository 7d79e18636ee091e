import { defineConfig } from '@julr/adonisjs-prometheus'
import { httpCollector } from '@julr/adonisjs-prometheus/collectors/http_collector'
import { systemCollector } from '@julr/adonisjs-prometheus/collectors/system_collector'

/** The route is our own: see `#api/metrics/metrics_controller`. */
export default defineConfig({
  metricsPrefix: 'kontora',
  collectors: [
    httpCollector({ shouldGroupStatusCode: false, excludedRoutes: ['/metrics', '/health', '/health/:component'] }),
    systemCollector(),
  ],
})
