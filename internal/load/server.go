package load

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// metrics reads what a server says of itself to whoever watches it.
type metrics struct {
	url    string
	client http.Client
}

// reading is what a server uses at a moment.
type reading struct {
	at          time.Time
	processor   float64 // seconds so far
	memory      float64 // bytes
	heap        float64 // bytes
	descriptors float64
	most        float64 // descriptors
	version     string
}

const metricsTime = 2 * time.Second

func newMetrics(url string) *metrics {
	return &metrics{url: strings.TrimRight(url, "/") + "/metrics", client: http.Client{Timeout: metricsTime}}
}

// read gives what is known now.
func (m *metrics) read(ctx context.Context) (s reading, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, m.url, nil)
	if err != nil {
		return s, err
	}
	resp, err := m.client.Do(req)
	if err != nil {
		return s, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return s, fmt.Errorf("status %d", resp.StatusCode)
	}
	return readMetrics(io.LimitReader(resp.Body, 4<<20))
}

// readMetrics reads Prometheus' text format.
func readMetrics(r io.Reader) (s reading, err error) {
	s.at = time.Now()
	found := map[string]float64{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), `rung_build_info{version="`); ok {
			s.version, _, _ = strings.Cut(rest, `"`)
		}
		if name, value, ok := strings.Cut(lines.Text(), " "); ok {
			if n, err := strconv.ParseFloat(value, 64); err == nil {
				found[name] = n
			}
		}
	}
	processor, ok := found["process_cpu_seconds_total"]
	if !ok {
		return s, errors.Join(lines.Err(), errors.New("it does not say how much it works"))
	}
	s.processor, s.heap = processor, found["go_memstats_heap_inuse_bytes"]
	s.descriptors, s.most = found["process_open_fds"], found["process_max_fds"]
	if s.memory, ok = found["rung_process_anonymous_bytes"]; !ok {
		s.memory = found["process_resident_memory_bytes"]
	}
	return s, lines.Err()
}
