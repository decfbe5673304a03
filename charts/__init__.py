"""Drawing: tables in; folium, Altair or Matplotlib objects or bytes out."""
