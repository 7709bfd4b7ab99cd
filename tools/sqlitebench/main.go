// sqlitebench measures SQLite drivers on Rung's workload: docs/decisions/0001-sqlite-driver.md.
// It builds one worker per driver, runs them in turns so that noise is shared, and prints medians.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

type variant struct{ name, tags, env string }

var variants = []variant{
	{"modernc", "modernc", ""},
	{"modernc, fsync", "modernc", "BENCH_FSYNC=1"},
	{"ncruces", "ncruces", ""},
	{"mattn (cgo)", "mattn sqlite_fts5", ""},
}

func main() {
	log.SetFlags(0)
	rounds := flag.Int("rounds", 4, "how often every driver is measured")
	each := flag.String("time", "2s", "how long each measurement takes")
	dir := flag.String("dir", "data", "where the databases go: a real disk")
	big := flag.Bool("big", false, "also fill and open a database of a million rows (3 GB)")
	flag.Parse()
	base := abs(*dir)
	check(os.MkdirAll(base, 0o755))
	defer os.RemoveAll(base)
	order, values := []string{}, map[string]map[string][]float64{}
	add := func(metric, name string, v float64) {
		if values[metric] == nil {
			values[metric] = map[string][]float64{}
			order = append(order, metric)
		}
		values[metric][name] = append(values[metric][name], v)
	}
	run := func(v variant, args ...string) {
		cmd := exec.Command(filepath.Join(base, v.name), args...)
		cmd.Env = append(os.Environ(), "BENCH_TIME="+*each, v.env)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, os.Stderr
		check(cmd.Run())
		for line := range strings.Lines(out.String()) {
			metric, value, ok := strings.Cut(strings.TrimSpace(line), "\t")
			if f, err := strconv.ParseFloat(value, 64); ok && err == nil {
				add(metric, v.name, f)
			} else {
				fmt.Println(v.name, strings.TrimSpace(line))
			}
		}
	}
	fresh := func() string {
		d := filepath.Join(base, "run")
		check(os.RemoveAll(d))
		check(os.MkdirAll(d, 0o755))
		return d
	}
	none := build(base, variant{name: "none", tags: "none"}, nil)
	for _, v := range variants {
		size := build(base, v, nil)
		add("MB added to the program", v.name, float64(size-none)/1e6)
		run(v, "probe", fresh())
	}
	for i := range *rounds {
		log.Printf("round %d of %d", i+1, *rounds)
		for j := range variants {
			v := variants[(i+j)%len(variants)]
			run(v, "bench", fresh())
		}
		run(variants[0], "raw", fresh())
	}
	if *big {
		path := filepath.Join(fresh(), "big.db")
		run(variants[0], "fill", path)
		for range 3 {
			for _, v := range variants {
				run(v, "big", path)
			}
		}
	}
	fmt.Print("| |")
	for _, v := range variants {
		fmt.Printf(" %s |", v.name)
	}
	fmt.Println() // the raw writes stand in the first column: no driver takes part in them
	for _, metric := range order {
		fmt.Printf("| %s |", metric)
		for _, v := range variants {
			fmt.Printf(" %s |", median(values[metric][v.name]))
		}
		fmt.Println()
	}
	for _, v := range variants {
		if out, err := tryBuild(filepath.Join(base, "arm64"), v, []string{"GOOS=linux", "GOARCH=arm64"}); err != nil {
			fmt.Printf("%s: no arm64 build without a cross compiler: %v %.200s\n", v.name, err, out)
		} else {
			fmt.Printf("%s: static arm64 build works\n", v.name)
		}
	}
}

// median prints the median and the range.
func median(v []float64) string {
	if len(v) == 0 {
		return "-"
	}
	slices.Sort(v)
	f := func(x float64) string {
		if x >= 100 {
			return strconv.Itoa(int(x + 0.5))
		}
		return strconv.FormatFloat(x, 'g', 3, 64)
	}
	m := (v[(len(v)-1)/2] + v[len(v)/2]) / 2
	if a, b := f(v[0]), f(v[len(v)-1]); a != b {
		return fmt.Sprintf("%s (%s to %s)", f(m), a, b)
	}
	return f(m)
}

func build(base string, v variant, env []string) int64 {
	if out, err := tryBuild(filepath.Join(base, v.name), v, env); err != nil {
		log.Fatalf("%s: %v\n%s", v.name, err, out)
	}
	info, err := os.Stat(filepath.Join(base, v.name))
	check(err)
	return info.Size()
}

func tryBuild(path string, v variant, env []string) ([]byte, error) {
	cgo := "0"
	if strings.HasPrefix(v.tags, "mattn") {
		cgo = "1" // without it this driver builds, but every call fails
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-tags", v.tags, "-o", path, "./worker")
	cmd.Env = append(append(os.Environ(), env...), "CGO_ENABLED="+cgo, "CGO_CFLAGS=-O2 -g0 -DHAVE_FDATASYNC=1")
	return cmd.CombinedOutput()
}

func abs(p string) string {
	a, err := filepath.Abs(p)
	check(err)
	return a
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
