package load

import "math"

// Teams gives how many workspaces so many users are in.
func Teams(users int) int { return (users + TeamSize - 1) / TeamSize }

// presentOneIn says which part of all users is present at once.
const presentOneIn = 20

// Present says how many people of each team are present when one in twenty of all users is. The popularity of teams
// follows Zipf's law: the second is half as popular as the first, the third a third; but no more can be present than a
// team has. It is the same each time.
func Present(users int) []int {
	teams, all := Teams(users), (users+presentOneIn-1)/presentOneIn
	low, high := 0.0, float64(TeamSize)*float64(teams) // of the popularity of the first, if teams had no limit
	for range 100 {
		mid, sum := (low+high)/2, 0.0
		for i := range teams {
			sum += math.Min(TeamSize, mid/float64(i+1))
		}
		if sum < float64(all) {
			low = mid
		} else {
			high = mid
		}
	}
	present := make([]int, teams)
	given, due := 0, 0.0
	for i := range present {
		due += math.Min(TeamSize, high/float64(i+1))
		present[i] = min(TeamSize, all-given, int(due+0.5)-given)
		given += present[i]
	}
	for i := 0; given < all; i++ { // what rounding left over
		if present[i] < TeamSize {
			present[i]++
			given++
		}
	}
	return present
}

// split deals teams out to n processes so that each has about as many people.
func split(teams []Team, n int) [][]Team {
	parts, people := make([][]Team, n), make([]int, n)
	for _, t := range teams {
		least := 0
		for i := range people {
			if people[i] < people[least] {
				least = i
			}
		}
		parts[least] = append(parts[least], t)
		people[least] += len(t.People)
	}
	return parts
}
