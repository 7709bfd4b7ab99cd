package app

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are what Prometheus may ask for.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  prometheus.Histogram
	counters sync.Map // answer -> prometheus.Counter
}

// answer is what requests are counted by.
type answer struct {
	method string
	status int
}

func newMetrics(version string, busy *busy, more ...prometheus.Collector) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "rung_http_requests_total", Help: "Requests answered, by method and status.",
		}, []string{"method", "status"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "rung_http_request_seconds", Help: "How long requests took; streams of events last as long as their readers stay.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}),
	}
	underWay := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "rung_http_requests_under_way", Help: "Requests that are being answered, streams among them.",
	}, func() float64 { return float64(busy.count.Load()) })
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "rung_build_info", Help: "Always 1; the label is the version.", ConstLabels: prometheus.Labels{"version": version},
	})
	build.Set(1)
	m.registry.MustRegister(more...)
	m.registry.MustRegister(m.requests, m.seconds, underWay, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), newOwnMemory())
	return m
}

// openStreams tells how many live streams there are.
func openStreams(count func() int) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "rung_streams", Help: "Live streams of events that are open."},
		func() float64 { return float64(count()) })
}

// observe counts a request. A method that HTTP does not know is counted as other, so that nobody can fill the memory.
func (m *metrics) observe(method string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
	default:
		method = "other"
	}
	counter, ok := m.counters.Load(answer{method, status})
	if !ok {
		counter, _ = m.counters.LoadOrStore(answer{method, status}, m.requests.WithLabelValues(method, strconv.Itoa(status)))
	}
	counter.(prometheus.Counter).Inc()
	m.seconds.Observe(took.Seconds())
}
