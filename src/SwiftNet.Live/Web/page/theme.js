// @ts-check
// Applies the stored colour theme before the first paint.
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'auto';
