package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
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
