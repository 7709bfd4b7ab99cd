import { chooseTheme, chosenTheme } from './theme'

it('keeps the theme that was chosen, and goes back to the system', () => {
  expect(chosenTheme()).toBe('system')
  chooseTheme('dark')
  expect([chosenTheme(), document.documentElement.dataset['theme']]).toEqual(['dark', 'dark'])
  chooseTheme('system')
  expect([chosenTheme(), document.documentElement.dataset['theme']]).toEqual(['system', undefined])
})

it('takes what it does not know for the system', () => {
  localStorage.setItem('rung.theme', 'pink')
  expect(chosenTheme()).toBe('system')
})
