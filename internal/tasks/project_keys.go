package tasks

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
)

func keyPattern() *regexp.Regexp { return regexp.MustCompile(`^[A-Z][A-Z0-9]{1,9}$`) }

// freeKey makes a key of a name that no project of the workspace has or had.
func (d *draft) freeKey(name string) (string, error) {
	base := ""
	for _, r := range strings.ToUpper(name) {
		if r >= 'A' && r <= 'Z' || base != "" && r >= '0' && r <= '9' {
			base += string(r)
		}
		if len(base) == 4 {
			break
		}
	}
	for len(base) < 2 {
		base += "P"
	}
	for n := 1; n < 10_000; n++ {
		key := base
		if n > 1 {
			key = fmt.Sprintf("%s%d", base, n)
		}
		r, err := d.view.ByUnique(KindKey, key)
		if err != nil || r == nil {
			return key, err
		}
	}
	return "", fault.InvalidField("key", "must be given: no free one could be made of the name")
}

// claimKey takes the project's key for it for ever.
func (d *draft) claimKey(p *Project) error {
	r, err := d.view.ByUnique(KindKey, p.Key)
	if err != nil {
		return err
	}
	if r != nil && r.Scope != p.ID {
		return fault.Conflict("key-taken", "Another project has or had this key.")
	}
	if r != nil {
		return nil
	}
	id := uuid.NewSHA1(p.ID, []byte(p.Key))
	d.silent = append(d.silent, Change{Row: &Row{Kind: KindKey, ID: id, Scope: p.ID, Unique: p.Key, Doc: []byte(`{}`)}})
	return nil
}

// projectPlace finds a project's position among the workspace's.
func (d *draft) projectPlace(self uuid.UUID, place Place) (string, error) {
	var ids []string
	var labels []string
	for _, p := range d.frame.order {
		if p.ID != self {
			ids, labels = append(ids, p.ID.String()), append(labels, p.Position)
		}
	}
	if ref, err := uuid.Parse(place.After + place.Before); err == nil && !d.access.Sees(ref) {
		return "", fault.InvalidField("place", "must name another one of the same list")
	}
	pos, moved, err := placeAmong(ids, labels, place)
	if err != nil {
		return "", err
	}
	for i, label := range moved {
		id := uuid.MustParse(ids[i])
		r, err := d.row(KindProject, id)
		if err != nil || r == nil {
			return "", err
		}
		p, row := *d.frame.projects[id], *r
		p.Position = label
		if err := d.saveProject(&p, &row, "project.updated", []string{"position"}); err != nil {
			return "", err
		}
	}
	return pos, nil
}

// placeAmong finds a position in a short list that is at hand, given in its order. If there is no room, the list has to
// be spread out: moved is then where each of it goes.
func placeAmong(ids, labels []string, place Place) (pos string, moved []string, err error) {
	at := len(ids) // goes in front of the one at this index
	switch {
	case place.First:
		at = 0
	case place.After != "" || place.Before != "":
		i := slices.Index(ids, place.After+place.Before)
		if i < 0 {
			return "", nil, fault.InvalidField("place", "must name another one of the same list")
		}
		if at = i; place.After != "" {
			at = i + 1
		}
	}
	low, high := uint64(0), posMax
	if at > 0 {
		if low, err = parsePos(labels[at-1]); err != nil {
			return "", nil, err
		}
	}
	if at < len(labels) {
		if high, err = parsePos(labels[at]); err != nil {
			return "", nil, err
		}
	}
	if n, ok := between(low, high); ok {
		return formatPos(n), nil, nil
	}
	even, ok := spread(0, posMax, len(labels)+1)
	if !ok {
		return "", nil, fmt.Errorf("no room in a list of %d", len(labels))
	}
	for i, n := range even {
		if i != at {
			moved = append(moved, formatPos(n))
		}
	}
	return formatPos(even[at]), moved, nil
}
