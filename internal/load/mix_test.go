package load

import (
	"math/rand/v2"
	"testing"
)

func TestMix(t *testing.T) {
	for _, bad := range []string{"groups", "groups=", "groups=x", "groups=-1", "groups=NaN", "groups=1e9", "groups=0", "lists=1", "groups=1,groups=2", ",", "groups=1,,list=1"} {
		if _, err := ParseMix(bad); err == nil {
			t.Errorf("ParseMix(%q) is taken", bad)
		}
	}
	m, err := ParseMix(" groups=3, create=1")
	if err != nil {
		t.Fatal(err)
	}
	r, got := rand.New(rand.NewPCG(1, 1)), [kinds]int{}
	for range 4000 {
		got[m.pick(r)]++
	}
	if got[readGroups]+got[writeCreate] != 4000 || got[writeCreate] < 900 || got[writeCreate] > 1100 {
		t.Errorf("of 4000 picks %v", got)
	}
	if m, _ := ParseMix(""); m != DefaultMix() {
		t.Error("an empty mix is not the usual one")
	}
	var reads, all float64
	for _, s := range DefaultMix().shares() {
		all += s.Part
		for k := readGroups; k < writeCreate; k++ {
			if s.Action == k.String() {
				reads += s.Part
			}
		}
	}
	if reads < 0.799 || reads > 0.801 || all < 0.999 || all > 1.001 {
		t.Errorf("the usual mix has %.3f reads of %.3f", reads, all)
	}
}
