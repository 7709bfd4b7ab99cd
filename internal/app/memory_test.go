package app

import (
	"os"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

func TestTheProcesssOwnMemoryIsToldWhereTheSystemTells(t *testing.T) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(newOwnMemory())
	told, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("/proc/self/status"); err != nil {
		if len(told) != 0 {
			t.Errorf("%v is told, of which the system tells nothing", told)
		}
		return
	}
	if len(told) != 1 || told[0].GetName() != "rung_process_anonymous_bytes" || told[0].GetMetric()[0].GetGauge().GetValue() < 1<<20 {
		t.Errorf("told is %v", told)
	}
}

func TestWhatIsNoSizeIsNotTold(t *testing.T) {
	for status, want := range map[string]int64{
		"VmRSS:\t  20 kB\nRssAnon:\t     12 kB\nRssFile:\t 8 kB\n": 12 << 10,
		"": -1, "VmRSS:\t 20 kB\n": -1, "RssAnon:\t 12 MB\n": -1, "RssAnon:\n": -1, "RssAnon:\t x kB\n": -1,
	} {
		if n, ok := anonymous([]byte(status)); ok != (want >= 0) || ok && n != want {
			t.Errorf("%q: %d, %t", status, n, ok)
		}
	}
}
