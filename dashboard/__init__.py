"""The dashboard: `streamlit run dashboard/app.py`.

app.py picks the run and shows a page of app_pages/. Pages read what scripts have computed
(reading.py) and say it in words (words.py), charts (charts.py), photographs (pictures.py) and maps
(heat.py); only live.py, for uploads and for maps that no script has stored, loads a network.
"""
