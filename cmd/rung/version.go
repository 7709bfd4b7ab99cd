package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is what this source is, or is becoming. The schema of a database may demand at least one.
const version = "0.1.0"

type versionCmd struct{}

func (versionCmd) Run(term terminal) error {
	_, err := fmt.Fprintf(term.out, "rung %s%s %s %s/%s\n", version, commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// commit says what the program was built from, where the toolchain took note of it.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var revision, dirty string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) > 12:
			revision = " (" + s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = ", changed"
		}
	}
	if revision == "" {
		return ""
	}
	return revision + dirty + ")"
}
