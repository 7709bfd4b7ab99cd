package app

import (
	"bytes"
	"os"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

// ownMemory tells how much memory is the process's own, without what it has mapped of files, which the system takes back
// whenever it needs room. It tells nothing where the system does not.
type ownMemory struct{ desc *prometheus.Desc }

func newOwnMemory() ownMemory {
	return ownMemory{prometheus.NewDesc("rung_process_anonymous_bytes",
		"Bytes of memory of the process's own: what is resident less what it has mapped of files. On Linux only.", nil, nil)}
}

// Describe implements prometheus.Collector.
func (m ownMemory) Describe(out chan<- *prometheus.Desc) { out <- m.desc }

// Collect implements prometheus.Collector.
func (m ownMemory) Collect(out chan<- prometheus.Metric) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return
	}
	if n, ok := anonymous(status); ok {
		out <- prometheus.MustNewConstMetric(m.desc, prometheus.GaugeValue, float64(n))
	}
}

// anonymous reads the line RssAnon of proc_pid_status(5), which is in KiB.
func anonymous(status []byte) (n int64, ok bool) {
	for line := range bytes.Lines(status) {
		rest, found := bytes.CutPrefix(line, []byte("RssAnon:"))
		if !found {
			continue
		}
		fields := bytes.Fields(rest)
		if len(fields) != 2 || string(fields[1]) != "kB" {
			return 0, false
		}
		kib, err := strconv.ParseInt(string(fields[0]), 10, 64)
		return kib << 10, err == nil
	}
	return 0, false
}
