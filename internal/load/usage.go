package load

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"time"
)

// usage is what a process has used so far.
type usage struct {
	Processor float64 `json:"processor"` // seconds
	Memory    float64 `json:"memory"`    // bytes that are its own
}

// The system's own figures, which only Linux has as files; elsewhere they are zero.
const ticksPerSecond = 100 // what the kernel shows to programs, on all machines

// ownUsage looks at this process.
func ownUsage() (u usage) {
	if text, err := os.ReadFile("/proc/self/stat"); err == nil {
		fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // from the third on
		if len(fields) > 12 {
			for _, field := range fields[11:13] { // in the program and in the kernel
				n, _ := strconv.ParseFloat(field, 64)
				u.Processor += n / ticksPerSecond
			}
		}
	}
	if text, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(text)) {
			if value, ok := strings.CutPrefix(line, "RssAnon:"); ok {
				n, _ := strconv.ParseFloat(strings.Fields(value)[0], 64)
				u.Memory = n * 1024
			}
		}
	}
	return u
}

// machineTime gives how long all cores have been at work and how long they have been there, in ticks.
func machineTime() (busy, all float64) {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0
	}
	line, _, _ := strings.Cut(string(text), "\n")
	for i, field := range strings.Fields(line) {
		n, _ := strconv.ParseFloat(field, 64)
		if i == 0 || i > 8 { // what guests use is in what their hosts use
			continue
		}
		all += n
		if i != 4 && i != 5 { // idle, and waiting for the disk
			busy += n
		}
	}
	return busy, all
}

// share gives a part of a time, 0 if there was none.
func share(part float64, whole time.Duration) float64 {
	if whole <= 0 {
		return 0
	}
	return part / whole.Seconds()
}
