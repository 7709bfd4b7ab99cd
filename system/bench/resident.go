package main

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// resident gives what a process has in memory, in bytes: what is its own, which nobody but the process can give back,
// and what is of files, which the system takes back whenever it needs room. It is known on Linux alone.
func resident(pid int) (anonymous, mapped float64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, err
	}
	found := map[string]float64{}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(line, ":")
		if fields := strings.Fields(value); len(fields) == 2 && fields[1] == "kB" {
			if found[name], err = strconv.ParseFloat(fields[0], 64); err != nil {
				return 0, 0, err
			}
		}
	}
	return found["RssAnon"] * 1024, (found["RssFile"] + found["RssShmem"]) * 1024, nil
}

// processorTime says how long a process has been at work so far, in itself and in the kernel.
func processorTime(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // from the third on
	const user, system, tick = 11, 12, time.Second / 100
	var sum time.Duration
	for _, i := range []int{user, system} {
		n, err := strconv.ParseInt(fields[i], 10, 64)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(n) * tick
	}
	return sum, nil
}
