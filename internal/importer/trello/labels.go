package trello

import (
	"slices"
	"strings"

	"github.com/rung-app/rung/internal/importer/plan"
)

// colors are Trello's label colours as it shows them by day.
var colors = map[string]string{
	"green": "#4bce97", "yellow": "#f5cd47", "orange": "#fea362", "red": "#f87168", "purple": "#9f8fef",
	"blue": "#579dff", "sky": "#6cc3e0", "lime": "#94c748", "pink": "#e774bb", "black": "#8590a2",
	"green_dark": "#1f845a", "yellow_dark": "#946f00", "orange_dark": "#c25100", "red_dark": "#c9372c", "purple_dark": "#6e5dc6",
	"blue_dark": "#0c66e4", "sky_dark": "#227d9b", "lime_dark": "#5b7f24", "pink_dark": "#ae4787", "black_dark": "#626f86",
	"green_light": "#baf3db", "yellow_light": "#f8e6a0", "orange_light": "#fedec8", "red_light": "#ffd5d2", "purple_light": "#dfd8fd",
	"blue_light": "#cce0ff", "sky_light": "#c6edfb", "lime_light": "#d3f1a7", "pink_light": "#fdd0ec", "black_light": "#dcdfe4",
}

// noColor is for labels without one.
const noColor = "#8590a2"

// labels plans the board's labels. Rung knows a label by its name: one without takes its colour's, and several of one
// name become one. Those without a name that no card bears are only Trello's offer and stay behind.
func (c *conversion) labels() []plan.Label {
	used := map[string]bool{}
	for _, card := range c.cards {
		for _, id := range card.IDLabels {
			used[id] = true
		}
	}
	c.labelOf, c.doneLabels = map[string]string{}, map[string]bool{}
	byName := map[string]string{}
	var planned []plan.Label
	for _, l := range unique(c.board.labels, func(l label) string { return l.ID }) {
		name := c.name(line(l.Name, ""))
		c.doneLabels[l.ID] = guess(name) == plan.Done
		if name == "" {
			if !used[l.ID] {
				continue
			}
			name = colorName(l.Color)
			c.notes.Add(plan.Changed, "trello.unnamed-labels", "Labels without a name are called by their colour.", 1, name)
		}
		if first, again := byName[plan.Fold(name)]; again {
			c.labelOf[l.ID] = first
			c.notes.Add(plan.Changed, "trello.merged-labels", "Labels of the same name have become one.", 1, name)
			continue
		}
		byName[plan.Fold(name)] = l.ID
		c.labelOf[l.ID] = l.ID
		color, known := colors[l.Color]
		if !known {
			color = noColor
		}
		planned = append(planned, plan.Label{External: plan.External{ID: l.ID}, Name: name, Color: color})
	}
	return planned
}

// colorName is "Green" for "green" and "Dark green" for "green_dark".
func colorName(color string) string {
	if _, known := colors[color]; !known {
		return "Label"
	}
	name, shade, _ := strings.Cut(color, "_")
	name = strings.TrimSpace(shade + " " + name)
	return strings.ToUpper(name[:1]) + name[1:]
}

// labelsOf are the planned labels of a card, each once.
func (c *conversion) labelsOf(card card) []string {
	var ids []string
	for _, id := range card.IDLabels {
		if planned, ok := c.labelOf[id]; ok && !slices.Contains(ids, planned) {
			ids = append(ids, planned)
		}
	}
	return ids
}
