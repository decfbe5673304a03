"""Places: boundaries, names, coordinates. Knows nothing of compounds, complaints or claims."""
