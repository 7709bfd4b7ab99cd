package api

import (
	"fmt"
	"testing"
)

// TestUsageAndLimits shows what there is of what there may be, to those who may know.
func TestUsageAndLimits(t *testing.T) {
	v := newVillage(t)
	v.person("ada")
	gus := v.person("gus")
	v.ask("ada", "POST", "/workspaces", `{"name":"Team"}`, 201, "")
	secret := v.ask("ada", "POST", "/workspaces/team/invitations", `{"role":"guest"}`, 201, "")["token"].(string)
	v.ask("gus", "POST", "/invitations/"+secret+"/accept", "", 200, "")

	const limits = "map[members:10000 open_invitations:200 projects:9 storage:1.073741824e+09]"
	shown := func(who, usage string) {
		t.Helper()
		ws := v.ask(who, "GET", "/workspaces/team", "", 200, "")
		expect(t, who+"'s usage", ws["usage"], usage)
		expect(t, who+"'s limits", ws["limits"], limits)
	}
	shown("ada", "map[members:2 projects:7 storage:1.048576e+06]")
	shown("gus", "map[members:2]")
	v.ask("ada", "PATCH", "/workspaces/team/members/"+gus.String(), `{"role":"member"}`, 200, "")
	shown("gus", "map[members:2 projects:7 storage:1.048576e+06]")

	for who, owned := range map[string]int{"ada": 2, "gus": 1} {
		me := v.ask(who, "GET", "/me", "", 200, "")
		expect(t, who+" owns", fmt.Sprint(me["usage"], me["limits"]), fmt.Sprintf("map[workspaces:%d] map[workspaces:50]", owned))
	}

	// the version alone does not name what is answered: what is used changes without it
	first := ask(t, v.srv, "GET", Prefix+"/workspaces/team", "", "Authorization", "Bearer ada")
	v.ask("ada", "PATCH", "/workspaces/team/members/"+gus.String(), `{"role":"owner"}`, 200, "")
	v.ask("gus", "DELETE", "/workspaces/team/members/"+gus.String(), "", 204, "")
	again := ask(t, v.srv, "GET", Prefix+"/workspaces/team", "", "Authorization", "Bearer ada", "If-None-Match", first.header.Get("ETag"))
	if again.status != 200 {
		t.Errorf("the usage has changed and is answered %d", again.status)
	}
	v.ask("ada", "PATCH", "/workspaces/team", `{"name":"Crew"}`, 200, "", "If-Match", again.header.Get("ETag"))
	v.ask("ada", "PATCH", "/workspaces/team", `{"name":"Gang"}`, 412, "version-conflict", "If-Match", again.header.Get("ETag"))
}
