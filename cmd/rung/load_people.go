package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/rung-app/rung/internal/load"
)

// A file of people has a line that says how many users there are, and then one for each workspace with somebody present.

type peopleHeader struct {
	Users int `json:"users"`
}

func writeTeams(path string, users int, teams []load.Team) error {
	return writeNew(path, 0o600, func(f *os.File) error {
		out := bufio.NewWriter(f)
		enc := json.NewEncoder(out)
		err := enc.Encode(peopleHeader{users})
		for _, t := range teams {
			if len(t.People) > 0 {
				err = errors.Join(err, enc.Encode(t))
			}
		}
		return errors.Join(err, out.Flush(), f.Sync())
	})
}

// filedPeople are the people of a file.
type filedPeople struct {
	users int
	all   []load.Team
}

func readTeams(path string) (p filedPeople, err error) {
	f, err := openFile(path)
	if err != nil {
		return p, fmt.Errorf("the people can't be read: %w", err)
	}
	defer f.Close()
	in := json.NewDecoder(bufio.NewReader(f))
	in.DisallowUnknownFields()
	var h peopleHeader
	if err := in.Decode(&h); err != nil || h.Users < 1 {
		return p, errors.New("the file of people is none that --prepare has written")
	}
	p.users = h.Users
	for in.More() {
		var t load.Team
		if err := in.Decode(&t); err != nil {
			return p, fmt.Errorf("the file of people can't be read: %w", err)
		}
		p.all = append(p.all, t)
	}
	return p, nil
}

// teams gives the teams, if it is as many people as expected.
func (p filedPeople) teams(_ context.Context, present []int, made func(int)) ([]load.Team, error) {
	want, have := 0, load.CountPeople(p.all)
	for _, n := range present {
		want += n
	}
	if want != have {
		return nil, fmt.Errorf("the file has %d people and not %d; prepare it again", have, want)
	}
	made(len(present))
	return slices.Clone(p.all), nil
}
