package load

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// kind is something that people do.
type kind int

// Reads come first, then writes.
const (
	readGroups kind = iota
	readList
	readTask
	readSearch
	readStats
	readChanges
	writeCreate
	writeMove
	writeEdit
	writeComment
	kinds
)

var kindNames = [kinds]string{"groups", "list", "task", "search", "stats", "changes", "create", "move", "edit", "comment"}

func (k kind) String() string { return kindNames[k] }

func (k kind) writes() bool { return k >= writeCreate }

// Actions are the names of what people do, in the order in which reports have them.
func Actions() []string { return kindNames[:] }

// Mix says how often each thing is done, as weights in the order of Actions.
type Mix [kinds]float64

// DefaultMix is four reads to a write.
func DefaultMix() Mix {
	return Mix{readGroups: 25, readList: 20, readTask: 15, readSearch: 5, readStats: 5, readChanges: 10, writeCreate: 5, writeMove: 5, writeEdit: 5, writeComment: 5}
}

// ParseMix reads weights such as "groups=3,create=1"; what is not named is not done. An empty text is the usual mix.
func ParseMix(text string) (Mix, error) {
	if text == "" {
		return DefaultMix(), nil
	}
	var m Mix
	var sum float64
	for part := range strings.SplitSeq(text, ",") {
		name, weight, ok := strings.Cut(strings.TrimSpace(part), "=")
		k := kind(0)
		for k < kinds && kindNames[k] != name {
			k++
		}
		w, err := strconv.ParseFloat(weight, 64)
		if !ok || k == kinds || err != nil || !(w >= 0 && w <= 1e6) || m[k] != 0 {
			return m, fmt.Errorf("%q is not one of %s with its weight, such as %s=5, named once", part, strings.Join(kindNames[:], ", "), kindNames[0])
		}
		m[k] = w
		sum += w
	}
	if sum == 0 {
		return m, fmt.Errorf("nothing has a weight above zero")
	}
	return m, nil
}

// shares gives the parts of the whole.
func (m Mix) shares() []Share {
	var sum float64
	for _, w := range m {
		sum += w
	}
	all := make([]Share, kinds)
	for k, w := range m {
		all[k] = Share{Action: kindNames[k], Part: w / sum}
	}
	return all
}

// pick chooses what is done next.
func (m Mix) pick(r *rand.Rand) kind {
	var sum float64
	for _, w := range m {
		sum += w
	}
	at := r.Float64() * sum
	for k, w := range m {
		if at < w {
			return kind(k)
		}
		at -= w
	}
	return readGroups
}
